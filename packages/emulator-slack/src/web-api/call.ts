import type { FilesDesk } from '../files-desk.ts'
import type { Interactions } from '../interactions.ts'
import type { Delivery } from '../delivery.ts'
import type { EventFeed } from '../events.ts'
import type { Sockets } from '../sockets.ts'
import type { Channel } from '../state.ts'
import type { Workspace } from '../workspace.ts'
import type { Answer } from './answer.ts'
import { refused } from './answer.ts'
import type { Arguments } from './arguments.ts'

/** The state on which the methods work. */
export type Platform = {
  readonly workspace: Workspace
  readonly scopes: ReadonlySet<string>
  readonly interactions: Interactions
  readonly events: EventFeed
  readonly sockets: Sockets
  readonly delivery: Pick<Delivery, 'send'>
  readonly files: FilesDesk
}

/** One call of a method. Its token and arguments have been checked. */
export type Call = Platform & { readonly args: Arguments; readonly methodScopes: readonly string[] }

/** Carries out one method. */
export type Handler = (call: Call) => Answer

/** The channel that the call may use, or the answer that says why it may not. */
export type Lookup<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer }

const kindOf = (channel: Channel): string => {
  if (channel.isDirect) return 'im'
  return channel.isPrivate ? 'groups' : 'channels'
}

/** Whether the app may know that the channel exists. */
export const canSee = (call: Pick<Call, 'workspace'>, channel: Channel): boolean =>
  !channel.isPrivate || channel.appEjected || channel.members.has(call.workspace.app.userId)

/**
 * The error for a missing scope. It names the missing and the granted scopes, as Slack does:
 * https://docs.slack.dev/reference/scopes
 */
export const missingScope = (needed: readonly string[], scopes: ReadonlySet<string>): Answer =>
  refused('missing_scope', { needed: needed.join(','), provided: [...scopes].join(',') })

/**
 * The scopes of a method for this kind of conversation. If the method has no scope for this kind, these are its scopes
 * that belong to no kind.
 */
export const scopesFor = (methodScopes: readonly string[], kind: string): readonly string[] => {
  const fitting = methodScopes.filter((scope) => scope.startsWith(`${kind}:`))
  return fitting.length > 0 ? fitting : methodScopes.filter((scope) => !/^(?:channels|groups|im|mpim):/.test(scope))
}

/** The channel in the argument `name`, if the app can see it and has a scope for its kind. */
export const visibleChannel = (call: Call, name = 'channel'): Lookup<Channel> => {
  const channel = call.workspace.channels.get(call.args.need(name))
  if (!channel || !canSee(call, channel)) return { ok: false, answer: refused('channel_not_found') }
  const needed = scopesFor(call.methodScopes, kindOf(channel))
  if (needed.length > 0 && !needed.some((scope) => call.scopes.has(scope))) {
    return { ok: false, answer: missingScope(needed, call.scopes) }
  }
  return { ok: true, value: channel }
}

/** The channel in the argument `name`, if the app is in it and it is not archived. */
export const liveChannel = (call: Call, name = 'channel'): Lookup<Channel> => {
  const found = visibleChannel(call, name)
  if (!found.ok) return found
  if (found.value.archived) return { ok: false, answer: refused('is_archived') }
  return insideChannel(call, found.value)
}

/** The channel, if the app is a member. */
export const insideChannel = (call: Call, channel: Channel): Lookup<Channel> =>
  channel.members.has(call.workspace.app.userId)
    ? { ok: true, value: channel }
    : { ok: false, answer: refused('not_in_channel') }
