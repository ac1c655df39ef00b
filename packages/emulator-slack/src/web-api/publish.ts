import { checkHome } from '../blocks/check.ts'
import { done, refused, refusedBecause } from './answer.ts'
import type { Handler } from './call.ts'
import { presentHome } from './present.ts'

/** https://docs.slack.dev/reference/methods/views.publish: replaces the whole Home tab of one person. */
export const publish: Handler = (call) => {
  const { args, workspace } = call
  if (!workspace.homeEnabled) return refused('not_enabled')
  const user = workspace.users.get(args.need('user_id'))
  if (!user || user.isDeleted) {
    return refusedBecause('invalid_arguments', ['user not found [json-pointer:/user_id]'])
  }
  const checked = checkHome(args.json('view'), () => workspace.nextId('b'))
  if (!checked.ok) {
    return checked.tooLarge === true ? refused('view_too_large') : refusedBecause('invalid_arguments', checked.messages)
  }
  const known = workspace.homes.get(user.id)
  if (args.has('hash') && known !== undefined && args.text('hash') !== known.hash) return refused('hash_conflict')
  const home = {
    id: known?.id ?? workspace.nextId('V'),
    user: user.id,
    view: checked.value,
    hash: `${workspace.nextTs()}.${workspace.nextId('h')}`,
  }
  workspace.homes.set(user.id, home)
  workspace.changes.announce()
  return done({ view: presentHome(workspace, home) })
}
