import { z } from 'zod'

/** An issue with Discord's own code, for rules that zod cannot express. */
export const issue = (code: string, message: string, path: PropertyKey[] = []) => ({
  code: 'custom' as const,
  message,
  path,
  params: { code },
})

/** https://docs.discord.com/developers/reference#snowflakes: text, or a number if an app sends one. */
export const snowflake = z
  .union([z.string(), z.number()])
  .transform(String)
  .superRefine((value, context) => {
    if (/^(?:0|[1-9]\d{0,19})$/.test(value)) return
    context.addIssue(issue('NUMBER_TYPE_COERCE', `Value "${value}" is not snowflake.`))
  })

/** Permission bits are sent as text, but numbers are accepted too: …/topics/permissions */
export const permissionBits = z
  .union([z.string(), z.number()])
  .transform(String)
  .superRefine((value, context) => {
    if (!/^\d{1,20}$/.test(value)) context.addIssue(issue('NUMBER_TYPE_COERCE', 'Value is not int.'))
  })
  .transform((value) => (/^\d{1,20}$/.test(value) ? BigInt(value) : 0n))

/** Text that Discord trims before it counts the characters. */
export const trimmed = (max: number) => z.string().trim().max(max)

/** Trimmed text that must not be empty. */
export const filled = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .superRefine((value, context) => {
      if (value === '') context.addIssue(issue('BASE_TYPE_REQUIRED', 'This field is required'))
    })

/** An address that Discord would follow or fetch: http, https, and `attachment://` for files of the same message. */
export const address = (max: number, schemes: readonly string[] = ['http:', 'https:', 'attachment:']) =>
  z
    .string()
    .max(max)
    .superRefine((value, context) => {
      if (!URL.canParse(value)) return context.addIssue(issue('URL_TYPE_INVALID_URL', 'Not a well formed URL.'))
      const { protocol } = new URL(value)
      if (schemes.includes(protocol)) return
      const named = schemes.map((scheme) => `'${scheme.slice(0, -1)}'`).join(', ')
      context.addIssue(
        issue('URL_TYPE_INVALID_SCHEME', `Scheme "${protocol.slice(0, -1)}" is not supported. Use one of (${named}).`),
      )
    })
