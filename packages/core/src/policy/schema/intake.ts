import { z } from 'zod'

/** The default limit: more new cases than a large project gets in its busiest hour. */
export const NEW_CASES = 40

const DomainName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9._-]+$/u, 'a domain name is in lower case, such as mail.example.org')

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
      'The largest number of cases that mails open within an hour: at most half of them in one project, and a quarter from one address. Further mails are held until a person decides.',
    ),
  canary: z
    .enum(['off', 'daily'])
    .exactOptional()
    .describe(
      'Whether to send a mail to your own security address once a day, and to tell the team if it does not come back. If left out: `off`.',
    ),
  keyLookup: z
    .enum(['off', 'wkd'])
    .exactOptional()
    .describe(
      'Whether Embargo looks for a reporter’s OpenPGP key in the Web Key Directory (WKD) of their mail domain, if the reporter sent no key. That tells the domain that you asked. If left out: `off`.',
    ),
  senderDomains: z
    .enum(['check', 'trust', 'off'])
    .default('check')
    .describe(
      'How to find out whether the sender’s domain sent a mail. `check`: Embargo checks SPF, DKIM, DMARC and ARC itself. `trust`: it uses the `Authentication-Results` of your own mail server. `off`: not at all.',
    ),
  resultsFrom: DomainName.exactOptional().describe(
    'For `trust`: the authserv-id of your mail server, exactly as the server writes it. The server must remove fields with this name from incoming mail.',
  ),
  forwarders: z
    .array(DomainName)
    .max(100)
    .default([])
    .readonly()
    .describe(
      'The sealing domains of mailing lists and other forwarders whose ARC seals you trust. Such a seal says that a mail was genuine when it came to the forwarder.',
    ),
})
