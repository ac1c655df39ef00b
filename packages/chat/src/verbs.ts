/** The words that people type to send a request to core. */
export type TypedVerb = {
  /** The name of a chat command; its dots are typed as spaces. */
  readonly verb: string
  readonly input: Readonly<Record<string, string>>
}

/** Verbs whose sub-word is the value of the option `what`: `done.deployed` is `done` with `what` set to `deployed`. */
const BY_WHAT: ReadonlySet<string> = new Set([
  'cve',
  'prenotify',
  'disclose',
  'embargo',
  'signal',
  'done',
  'hold',
  'correct',
])

/** Requests to core that are typed differently from their names. */
const TYPED_OTHERWISE: ReadonlyMap<string, TypedVerb> = new Map([
  ['take', { verb: 'ack', input: {} }],
  ['embargo.extend', { verb: 'embargo', input: { what: 'until' } }],
  ['log-answer.credit', { verb: 'log-answer', input: { message: 'elsewhere' } }],
  ['log-answer.address', { verb: 'log-answer', input: { address: 'new-address' } }],
  ['log-answer.has-it', { verb: 'log-answer', input: { recipient: 'has-it' } }],
  ['lockout.undo', { verb: 'lockout', input: { person: 'undo' } }],
  ['people.consent', { verb: 'people.join', input: {} }],
  ['done.duty', { verb: 'done', input: {} }],
  ['done.step', { verb: 'done', input: {} }],
  ['settle.step', { verb: 'settle', input: {} }],
  ['reply.exploit', { verb: 'reply', input: { to: 'recipients', exploit: 'sent' } }],
  ['reply.question', { verb: 'reply', input: { kind: 'question' } }],
  ['reply.progress', { verb: 'reply', input: { kind: 'progress' } }],
  ['reply.resend', { verb: 'reply', input: { kind: 'resend' } }],
])

/** How people type a request to core. Dots separate a verb from its sub-words. */
export function chatVerbOf(request: string): TypedVerb {
  const [verb = '', what] = request.split('.')
  return (
    TYPED_OTHERWISE.get(request) ??
    (what !== undefined && BY_WHAT.has(verb) ? { verb, input: { what } } : { verb: request, input: {} })
  )
}

/** A name as people type it: `triage.affects` is `triage affects`. */
export const typedName = (verb: string): string => verb.replaceAll('.', ' ')

/** A request to core as people type it: `reply --kind question`. */
export function typedRequest(request: string): string {
  const { verb, input } = chatVerbOf(request)
  const words = Object.entries(input).map(([name, value]) => (name === 'what' ? value : `--${name} ${value}`))
  return [typedName(verb), ...words].join(' ')
}
