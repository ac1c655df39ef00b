import type { Bench } from './figure.ts'
import { checkedReports } from './mail/checked.ts'
import { encryptedReports } from './mail/encrypted.ts'
import { reportAmongJunk } from './mail/junk.ts'
import { mailboxTakenIn } from './mail/mailbox.ts'

/**
 * Mail in and out, beside the same work with the bare libraries. `--reports=<n>`, `--mails=<n>` and `--junk=<n>` shorten
 * the bench.
 */
export const mailBench: Bench = {
  name: 'mail',
  measure: async () => [
    ...(await encryptedReports()),
    ...(await checkedReports()),
    ...(await mailboxTakenIn()),
    ...(await reportAmongJunk()),
  ],
}
