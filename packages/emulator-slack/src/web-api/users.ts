import { LIST_LIMIT_MAX } from '../limits.ts'
import { done, refused } from './answer.ts'
import type { Handler } from './call.ts'
import { pageOf } from './pages.ts'
import { presentUser } from './present.ts'

const EMAIL_SCOPE = 'users:read.email'

/** https://docs.slack.dev/reference/methods/users.info */
export const info: Handler = ({ args, workspace, scopes }) => {
  const user = workspace.users.get(args.need('user'))
  return user ? done({ user: presentUser(workspace, user, scopes.has(EMAIL_SCOPE)) }) : refused('user_not_found')
}

/** https://docs.slack.dev/reference/methods/users.list */
export const list: Handler = ({ args, workspace, scopes }) => {
  const page = pageOf([...workspace.users.values()], args, { standard: LIST_LIMIT_MAX, max: LIST_LIMIT_MAX })
  if (!page.ok) return page.answer
  return done({
    members: page.items.map((user) => presentUser(workspace, user, scopes.has(EMAIL_SCOPE))),
    response_metadata: { next_cursor: page.cursor },
  })
}
