/** The switches of the manifest, and why each is set as it is. */
export const SETTINGS: readonly (readonly [string, string])[] = [
  [
    'should_escape',
    'on for every command: a mention comes as a member id, which nobody can forge by renaming themself',
  ],
  ['socket_mode_enabled', 'on unless there is a request URL, so that nothing has to be reachable from outside'],
  ['interactivity', 'on: buttons, forms, shortcuts and menus that search'],
  [
    'app_home',
    'a Home tab for each person; the messages tab shows answers that cannot be shown in a channel, and is read-only for people',
  ],
  ['org_deploy_enabled', 'off: in an Enterprise organisation, the app is installed and works in one workspace only'],
  ['token_rotation_enabled', 'off: if a token expired while the process was down, the process would have no token'],
]
