import { setTimeout as pause } from 'node:timers/promises'
import type { OutsiderKind, Policy, RoleName } from '@embargo/core'
import { CommandId, PEOPLE } from '@embargo/core'
import type { BaseContext } from './context.ts'

/** A platform whose groups can give roles. */
type GroupPlatform = Policy['groups'][number]['platform']

/** A group of the platform, and the role that it gives. */
export type MappedGroup = { readonly role: RoleName; readonly group: string }

/** An account in a group. `is`: why the account is not a full member of the workspace or server. */
export type GroupMember = { readonly account: string; readonly name: string; readonly is?: OutsiderKind }

/** The groups of a platform that the policy maps to roles. */
export const mappedGroups = ({ groups }: Pick<Policy, 'groups'>, platform: GroupPlatform): readonly MappedGroup[] =>
  groups.flatMap(({ platform: on, role, group }) => (on === platform ? [{ role, group }] : []))

/** The groups are read again after this time, in case the platform did not report a change. */
const LOOK_AGAIN_MS = 5 * 60_000

/** Calls `look` immediately, and then every few minutes until the signal aborts. */
export async function lookAtGroupsRegularly(look: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await look()
    await pause(LOOK_AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** Reports the current members of a group to core. Two reports with the same `key` count as one. */
export async function noticeMembers(
  { engine, log, now }: Pick<BaseContext, 'engine' | 'log' | 'now'>,
  { platform, role, accounts }: { platform: GroupPlatform; role: RoleName; accounts: readonly GroupMember[] },
  key: string,
): Promise<void> {
  const members = accounts.flatMap(({ is, ...member }) => (is === undefined ? [member] : []))
  const outsiders = accounts.flatMap(({ is, ...member }) => (is === undefined ? [] : [{ ...member, is }]))
  const answered = await engine.commands.handle({
    commandId: CommandId.parse(`${platform}:members:${role}:${key}`),
    actor: { kind: 'system', part: 'chat' },
    at: now(),
    request: {
      verb: 'notice-members',
      stream: PEOPLE,
      platform,
      role,
      members,
      ...(outsiders.length > 0 && { outsiders }),
    },
  })
  if (!answered.ok) log.warn('the members of a group were not recorded', { role, gate: answered.refusal.gate })
}
