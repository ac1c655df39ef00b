import { connectionsOpen } from './apps.ts'
import { authTest } from './auth.ts'
import type { Handler } from './call.ts'
import * as chat from './chat.ts'
import * as conversations from './conversations.ts'
import * as files from './files.ts'
import { history, replies } from './history.ts'
import { invite } from './invite.ts'
import { kick } from './kick.ts'
import * as pins from './pins.ts'
import { publish } from './publish.ts'
import * as usergroups from './usergroups.ts'
import * as users from './users.ts'
import * as views from './views.ts'

/** The handler of each method. A test compares their names with the table. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  'apps.connections.open': connectionsOpen,
  'auth.test': authTest,
  'chat.delete': chat.remove,
  'chat.postEphemeral': chat.postEphemeral,
  'chat.postMessage': chat.postMessage,
  'chat.update': chat.update,
  'conversations.archive': conversations.archive,
  'conversations.create': conversations.create,
  'conversations.history': history,
  'conversations.info': conversations.info,
  'conversations.invite': invite,
  'conversations.kick': kick,
  'conversations.list': conversations.list,
  'conversations.members': conversations.members,
  'conversations.rename': conversations.rename,
  'conversations.replies': replies,
  'conversations.setTopic': conversations.setTopic,
  'files.completeUploadExternal': files.completeUploadExternal,
  'files.getUploadURLExternal': files.getUploadURLExternal,
  'pins.add': pins.add,
  'pins.list': pins.list,
  'usergroups.list': usergroups.list,
  'usergroups.users.list': usergroups.users,
  'users.info': users.info,
  'users.list': users.list,
  'views.open': views.open,
  'views.publish': publish,
  'views.push': views.push,
  'views.update': views.update,
}
