import type { ReturnedTest, SentTest } from '@embargo/engine'
import { domainOf } from '@embargo/mail'
import type { Check } from './checks.ts'

type Records = NonNullable<ReturnedTest['records']>

/**
 * What other mail servers see of our mails: which records our domain publishes, and whether our test mail passes their
 * checks.
 */
export function domainChecks({ to }: Pick<SentTest, 'to'>, { domain, records }: ReturnedTest): readonly Check[] {
  const own = domainOf(to)
  return [...(records === undefined ? [] : [spfCheck(own, records), dmarcCheck(own, records)]), passes(own, domain)]
}

const UNANSWERED = 'The DNS did not answer. Run this again later.'

function spfCheck(own: string, { spf }: Records): Check {
  const what = `${own} says who may send its mail (SPF)`
  if (spf === 'published') return { what, ok: true }
  return {
    what,
    ok: false,
    warning: true,
    todo:
      spf === 'unanswered'
        ? UNANSWERED
        : `It has no SPF record, so our mails look forged to others. Publish one as a TXT record of ${own}. It must name your relay, whose provider says what to write.`,
  }
}

function dmarcCheck(own: string, { dmarc }: Records): Check {
  const what = `${own} says what to do with forged mail (DMARC)`
  switch (dmarc) {
    case 'reject':
    case 'quarantine':
      return { what, ok: true, note: dmarc === 'reject' ? 'refuse it' : 'treat it as spam' }
    case 'none':
      return {
        what,
        ok: false,
        warning: true,
        todo: `Its policy is p=none, so anyone can write in your name. Publish “v=DMARC1; p=quarantine” as a TXT record of _dmarc.${own}.`,
      }
    case 'missing':
      return {
        what,
        ok: false,
        warning: true,
        todo: `It has no DMARC record, so anyone can write in your name. Publish one as a TXT record of _dmarc.${own}: v=DMARC1; p=quarantine.`,
      }
    case 'unanswered':
      return { what, ok: false, warning: true, todo: UNANSWERED }
  }
}

const SIGN = (own: string): string => `Make the relay sign with DKIM for ${own}, and name the relay in the SPF record.`
const ELSEWHERE =
  'Send a mail from the relay to a mailbox at a large provider, and look at the field Authentication-Results there.'

function passes(own: string, domain: ReturnedTest['domain']): Check {
  const what = 'A mail from our relay passes SPF, DKIM and DMARC'
  switch (domain.is) {
    case 'confirmed':
      return { what, ok: true, note: `${domain.domain} confirms it` }
    case 'failed':
      return { what, ok: false, todo: `It fails, so others refuse our letters or treat them as spam. ${SIGN(own)}` }
    case 'not-yet':
      return { what, ok: false, warning: true, todo: UNANSWERED }
    case 'account':
    case 'forwarded':
    case 'unproven':
      return {
        what,
        ok: false,
        warning: true,
        todo: `This test cannot tell: the mail had no DKIM signature of ${own}, and SPF cannot be checked behind your own mail server. ${SIGN(own)} ${ELSEWHERE}`,
      }
    case 'not-checked':
      return {
        what,
        ok: false,
        warning: true,
        todo: `It is not checked here, because of the setting senderDomains. ${ELSEWHERE}`,
      }
  }
}
