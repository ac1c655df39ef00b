import { z } from 'zod'

/** More new cases than a large project gets in an hour of a busy day. */
export const NEW_CASES = 40

const DomainName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9._-]+$/u, 'A domain name in lower case, as mail.example.org.')

export const Intake = z.strictObject({
  lists: z
    .enum(['open', 'set-aside'])
    .describe('Whether a mail that came through a mailing list and belongs to no case opens a case, or is set aside.'),
  newCases: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(NEW_CASES)
    .describe(
      'How many cases mails may open within an hour. At most half of them may be in one project, and a quarter from one address. Further mails are held until a person decides.',
    ),
  canary: z
    .enum(['off', 'daily'])
    .exactOptional()
    .describe(
      'Whether a mail to your own security address is sent once a day, and the team told if it does not come back; off when left out.',
    ),
  senderDomains: z
    .enum(['check', 'trust', 'off'])
    .default('check')
    .describe(
      'Whether the sender’s domain sent a mail: check it here (SPF, DKIM, DMARC, ARC), trust the Authentication-Results of your own mail server, or off.',
    ),
  resultsFrom: DomainName.exactOptional().describe(
    'The authserv-id of that server, exactly as it writes it; it must remove fields with that name from what comes in.',
  ),
  forwarders: z
    .array(DomainName)
    .max(100)
    .default([])
    .readonly()
    .describe(
      'Mailing lists and other forwarders whose ARC seal counts, by the domain that seals: they say that a mail was genuine when it came to them.',
    ),
})
