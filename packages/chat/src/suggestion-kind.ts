/**
 * The kind of thing that an option's value names. While somebody types, the platform asks the router for suggestions of
 * this kind.
 */
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
  /** A person of the policy, `me` for the caller, or `nobody` for no owner. */
  | 'owner'
  | 'branch'
  | 'cwe'
  | 'report'
  | 'recipient'
  /** The recorded contact of another vendor. */
  | 'vendor'
  | 'suspect'
  | 'signal'
  | 'approval'
  | 'release'
  | 'clock'
  | 'message'
  /** A mail, or the word `elsewhere` for something that was not said by mail. */
  | 'source'
  | 'doubt'
  | 'project'
  | 'held'
  | 'command'

/**
 * The kind of an option's suggestions. An option with free text may have `by`, the name of another option. The value of
 * that other option then selects the kind from `of`.
 */
export type Suggests = SuggestKind | { readonly by: string; readonly of: Readonly<Record<string, SuggestKind>> }
