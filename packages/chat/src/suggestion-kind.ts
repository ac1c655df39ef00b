/** The kind of thing that an option names: a platform asks the router for suggestions of it while somebody types. */
export type SuggestKind =
  | 'case'
  /** Anybody of the policy. */
  | 'person'
  /** People of the policy who are not on the case. */
  | 'newcomer'
  /** People on the case. */
  | 'member'
  /** People on the case who may write a patch, and the reporter. */
  | 'remediator'
  /** The claimed senders of the case's reports. */
  | 'sender'
  /** Anybody of the policy, the caller, or nobody. */
  | 'owner'
  | 'branch'
  | 'cwe'
  | 'report'
  | 'recipient'
  /** The contact of another vendor that is on record. */
  | 'vendor'
  | 'suspect'
  | 'signal'
  | 'approval'
  | 'release'
  | 'clock'
  | 'message'
  /** A mail, or that something was said in another way. */
  | 'source'
  | 'doubt'
  | 'project'
  | 'held'
  | 'command'

/**
 * A kind: the option's value is always in the list, or is the typed text. With `by` the option is free text, and
 * suggestions exist only after some values of another option.
 */
export type Suggests = SuggestKind | { readonly by: string; readonly of: Readonly<Record<string, SuggestKind>> }
