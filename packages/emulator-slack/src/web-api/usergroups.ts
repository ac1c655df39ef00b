import { asJson } from '@embargo/emulator-kit'
import { done, refused } from './answer.ts'
import type { Handler } from './call.ts'

/** https://docs.slack.dev/reference/methods/usergroups.list */
export const list: Handler = ({ args, workspace }) => {
  const groups = [...workspace.userGroups.values()].filter(
    (group) => !group.isDisabled || args.flag('include_disabled') === true,
  )
  return done({
    usergroups: groups.map((group) =>
      asJson({
        id: group.id,
        team_id: workspace.team.id,
        is_usergroup: true,
        handle: group.handle,
        name: group.name,
        date_delete: group.isDisabled ? 1 : 0,
        ...(args.flag('include_users') === true ? { users: group.users } : {}),
        ...(args.flag('include_count') === true ? { user_count: group.users.length } : {}),
      }),
    ),
  })
}

/** https://docs.slack.dev/reference/methods/usergroups.users.list */
export const users: Handler = ({ args, workspace }) => {
  const group = workspace.userGroups.get(args.need('usergroup'))
  if (!group || (group.isDisabled && args.flag('include_disabled') !== true)) return refused('no_such_subteam')
  return done({ users: [...group.users] })
}
