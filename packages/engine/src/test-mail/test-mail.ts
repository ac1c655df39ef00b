import { later, MINUTE } from '@embargo/core'
import type { DomainVerdict, Instant } from '@embargo/core'
import { domainName, makeTestMail, publishedRecords, testMailId } from '@embargo/mail'
import type { Mac, ParsedMail, PublishedRecords } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { domainVerdict } from '../intake/authenticate.ts'
import type { MailOut } from '../ports/mail-out.ts'
import type { MailClient, SpooledMail } from '../ports/mail-spool.ts'
import { mailMacs, ownAddresses } from '../shared/own-addresses.ts'

/** A test mail that was handed to the relay. */
export type SentTest = {
  readonly id: string
  readonly at: Instant
  readonly from: string
  readonly to: string
  readonly messageId: string
  /** Whether each of our mails has its own return path. A long address leaves no room for one. */
  readonly hasReturnPath: boolean
}

/** What is known about the test mail that came back. */
export type ReturnedTest = {
  readonly at: Instant
  readonly messageId: boolean
  /** Absent if the mail was fetched from a mailbox, because the return path of the envelope is unknown there. */
  readonly returnPath?: boolean
  /** Where the address extension arrived: in the envelope, as it must; only in the header; or nowhere. */
  readonly extension: 'envelope' | 'header' | 'lost'
  /** The host that handed the mail to our listener; absent if the mail was fetched from a mailbox. */
  readonly client?: MailClient
  /** What SPF, DKIM and DMARC say about the returned mail. Other mail servers see the same for our letters. */
  readonly domain: DomainVerdict
  /**
   * The DNS records by which other servers check mail from our domain. Absent if this process does not query the DNS,
   * or the policy turns these checks off.
   */
  readonly records?: PublishedRecords
}

/** The clocks of two machines may differ by this much. */
const CLOCKS_DIFFER_MS = MINUTE
/** How many of the newest test mails are searched for the one that was sent. */
const NEWEST = 100

const ASIDE = 'a test mail that came back'

/** Sends a test mail to the first project's address. Throws what `mailOut` throws. */
export async function sendTestMail(
  { policy, keys, clock }: Pick<Deps, 'policy' | 'keys' | 'clock'>,
  mailOut: MailOut,
  id: string,
): Promise<SentTest | undefined> {
  const [own] = ownAddresses(policy.policy)
  if (own === undefined) return undefined
  const at = clock.now()
  const mail = await makeTestMail({ id, own, at }, macOf(keys))
  await mailOut.send(mail)
  const { envelopeFrom: from, envelopeTo: to, messageId } = mail
  return { id, at, from, to, messageId, hasReturnPath: from !== own }
}

/** The reason to set a mail aside if it is a test mail; undefined for other mails. */
export function testMailAside(
  { policy, keys }: Pick<Deps, 'policy' | 'keys'>,
  mail: ParsedMail,
  to: readonly string[],
) {
  const id = testMailId(mail, to, ownAddresses(policy.policy), macOf(keys))
  return id === undefined ? undefined : ASIDE
}

/** The test mail that came back. Undefined until it has come back. */
export async function findTestMail(
  deps: Deps,
  sent: Pick<SentTest, 'id' | 'at' | 'from' | 'to' | 'messageId'>,
): Promise<ReturnedTest | undefined> {
  const own = ownAddresses(deps.policy.policy)
  for (const listed of await deps.spool.list({ limit: NEWEST, state: 'test' })) {
    if (listed.receivedAt < later(sent.at, -CLOCKS_DIFFER_MS)) continue
    const mail = await deps.readMail(listed.id)
    if (mail === undefined || testMailId(mail, listed.envelopeTo, own, macOf(deps.keys)) !== sent.id) continue
    const stored = await deps.spool.find(listed.id)
    if (stored !== undefined) return { ...returned(listed, mail, sent), ...(await ofDomain(deps, stored, mail)) }
  }
  return undefined
}

function returned(
  { receivedAt, envelopeTo, envelopeFrom, client }: Omit<SpooledMail, 'raw'>,
  mail: ParsedMail,
  sent: Pick<SentTest, 'from' | 'to' | 'messageId'>,
): Omit<ReturnedTest, 'domain' | 'records'> {
  const inHeader = (mail.headers.get('to') ?? []).some((to) => to.toLowerCase().includes(sent.to.toLowerCase()))
  const inEnvelope = envelopeTo.some((to) => to.toLowerCase() === sent.to.toLowerCase())
  return {
    at: receivedAt,
    messageId: mail.messageId === sent.messageId,
    ...(envelopeFrom !== undefined && { returnPath: envelopeFrom.toLowerCase() === sent.from.toLowerCase() }),
    extension: inEnvelope ? 'envelope' : inHeader ? 'header' : 'lost',
    ...(client && { client }),
  }
}

async function ofDomain(
  deps: Deps,
  stored: SpooledMail,
  mail: ParsedMail,
): Promise<Pick<ReturnedTest, 'domain' | 'records'>> {
  const domain = await domainVerdict(deps, stored, mail)
  const { resolver } = deps.domainLookup
  const name = mail.from && domainName(mail.from.address)
  if (resolver === undefined || name === undefined || deps.policy.policy.intake.senderDomains === 'off')
    return { domain }
  return { domain, records: await publishedRecords(name, resolver) }
}

const macOf = (keys: Deps['keys']): Mac => mailMacs(keys).address
