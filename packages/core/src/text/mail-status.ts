/**
 * The status codes of bounces (RFC 3463) that people can act on, in words. The key is the code's subject and detail
 * (`2.2`), or its subject alone (`4`).
 */
const MEANINGS: Readonly<Record<string, string>> = {
  '1.0': 'the address does not work',
  '1.1': 'no such mailbox is there',
  '1.2': 'no such mail server is there',
  '1.6': 'the mailbox has moved and left no address',
  '1.10': 'the domain takes no mail',
  '2.0': 'the mailbox does not work',
  '2.1': 'the mailbox is switched off',
  '2.2': 'the mailbox is full',
  '2.3': 'the mail is larger than the mailbox takes',
  '3': 'the mail system there does not work',
  '3.4': 'the mail is larger than the server takes',
  '4': 'the server could not be reached',
  '6': 'the server cannot read the mail',
  '7': 'the server’s rules refuse the mail',
}

/** What to say about a bounce whose status code is not listed above. */
const CLASSES = {
  hard: 'the server refused it for good',
  soft: 'the server gave up',
  delayed: 'it is delayed',
} as const

/**
 * A mail server's status in words: `no such mailbox is there (5.1.1)`. The server's own text is left out, because it
 * may contain anything, even an address.
 */
export function statusInWords(status: string, kind: keyof typeof CLASSES): string {
  const [, subject, detail] = /^[245]\.(\d{1,3})\.(\d{1,3})$/.exec(status) ?? []
  if (subject === undefined) return CLASSES[kind]
  return `${MEANINGS[`${subject}.${detail}`] ?? MEANINGS[subject] ?? CLASSES[kind]} (${status})`
}
