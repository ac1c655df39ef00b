/** What an option is about: which of these a platform asks the router to list while somebody types. */
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
  /** The senders that reports of the case name. */
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
  | 'doubt'
  | 'project'
  | 'held'
  | 'command'

/**
 * A kind: whatever the option takes is in the list, or is what was typed. With `by` the option is free text, and only
 * after some values of another option there is something to list.
 */
export type Suggests = SuggestKind | { readonly by: string; readonly of: Readonly<Record<string, SuggestKind>> }
