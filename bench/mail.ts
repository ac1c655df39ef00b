import type { Bench } from './figure.ts'
import { checkedReports } from './mail/checked-reports.ts'
import { encryptedReports } from './mail/encrypted-reports.ts'
import { reportAmongJunk } from './mail/junk.ts'
import { mailboxTakenIn } from './mail/mailbox.ts'

/**
 * Receives and sends mail, and does the same work with the bare libraries for comparison. `--reports=<n>`,
 * `--mails=<n>` and `--junk=<n>` shorten the bench.
 */
export const mailBench: Bench = {
  name: 'mail',
  measure: async () => [
    // The quickest measurement comes first, because it suffers most from what the other measurements leave in the
    // memory of this process.
    ...(await checkedReports()),
    ...(await encryptedReports()),
    ...(await mailboxTakenIn()),
    ...(await reportAmongJunk()),
  ],
}
