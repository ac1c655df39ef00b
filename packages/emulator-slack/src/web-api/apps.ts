import type { Handler } from './call.ts'
import { done, refused } from './answer.ts'

/** https://docs.slack.dev/reference/methods/apps.connections.open */
export const connectionsOpen: Handler = ({ sockets }) => {
  const url = sockets.issueUrl()
  return url === undefined ? refused('too_many_websockets') : done({ url })
}
