import { answerableReports } from '../../state/report/reachability.ts'
import { announceMail } from './announce-mail.ts'
import { embargoLifted } from './embargo-lifted.ts'
import { ossSecurityMail } from './oss-security-mail.ts'
import type { MailStep } from './step.ts'

/** Sends one mail to each person whom the correction concerns and who was told about the publication. */
export const correctionMail: MailStep = {
  kind: 'mail',
  id: 'correction-mail',
  title: 'Correction',
  short: 'correction',
  words: 'mails about the correction',
  letter: 'correction',
  isPublic: true,
  addressees: (context) => {
    const { tell, cases } = context
    if (tell === undefined) return []
    const lists = [...announceMail.addressees(context), ...ossSecurityMail.addressees(context)]
    const reporters = cases
      .filter(({ unpublished = [] }) => tell !== 'nobody' || unpublished.includes('credit'))
      .flatMap((one) => answerableReports(one).map(({ id }) => ({ kind: 'report', report: id }) as const))
    return [
      ...(tell === 'everybody' ? lists : []),
      ...(tell === 'nobody' ? [] : embargoLifted.addressees(context)),
      ...reporters,
    ]
  },
}
