/** The permissions of the app in a workspace, and the reason for each. */
export const SCOPES: Readonly<Record<string, string>> = {
  commands: 'be called by slash commands',
  'chat:write': 'post cards and edit the status card',
  'groups:write':
    'create the private channel of a case, name its topic, invite the people of the case, and take them out again',
  'groups:read': 'find its own channel again after a crash, and be notified of who joins a case channel',
  'groups:history':
    'look for its own message before it repeats a post that may have arrived, and store the transcript of a closed case if the policy asks for it; the app subscribes to no message events',
  'pins:write': 'pin the status card',
  'users:read':
    'name the members of the user groups that give roles, and see whether one of them, or somebody who joins a case channel, is a guest, a bot, deactivated or from another organisation',
  'usergroups:read': 'know who is in the user groups that the policy maps to roles',
  'files:write':
    'upload files, such as a text that is too long for a card, to the channel of the case or to the person who asked for them',
  'files:read': 'download the file that somebody adds to a form, such as a patch; no other file is downloaded',
}

/** The events to which the app subscribes, and the reason for each. None of them contains what people say. */
export const EVENTS: Readonly<Record<string, string>> = {
  app_home_opened: 'draw the Home tab of the person who opens it',
  member_joined_channel: 'notice a stranger in the channel of a case',
  member_left_channel: 'announce that somebody on a case has left its channel',
  channel_shared: 'stop writing where another organisation can read',
  channel_id_changed: 'stop writing in a channel that is moved to a whole organisation',
  group_rename: 'notice that the channel of a case has another name',
  group_archive: 'notice that somebody archived the channel of a case',
  group_unarchive: 'continue there when somebody unarchives it',
  group_deleted: 'open another channel when somebody deleted the channel of a case',
  group_left: 'open another channel when somebody removed the app from the channel of a case',
  subteam_members_changed: 'grant and revoke roles as soon as the members of a user group change',
  subteam_updated: 'when a user group is disabled, revoke the roles that it gave',
}

export const BOT_EVENTS: readonly string[] = Object.keys(EVENTS)
