import type { SlackManifest } from './manifest.ts'
import { EVENTS, SCOPES } from './scopes.ts'
import { SETTINGS } from './settings.ts'

/** The reasons for each line of the manifest, as Markdown, because JSON has no comments. Pure. */
export function explainManifest(manifest: SlackManifest): string {
  const { features, oauth_config: oauth, settings } = manifest
  const shortcuts = features.shortcuts.map(({ name, callback_id: id }) => [
    `${name} (\`${id}\`)`,
    'from a message’s own menu',
  ])
  return [
    table(
      'Scope',
      'Without it, the app could not',
      oauth.scopes.bot.map((scope) => [`\`${scope}\``, SCOPES[scope] ?? '']),
    ),
    table(
      'Event',
      'So that the app can',
      settings.event_subscriptions.bot_events.map((event) => [`\`${event}\``, EVENTS[event] ?? '']),
    ),
    table('Shortcut', 'Where', shortcuts),
    table(
      'Setting',
      'Why',
      SETTINGS.map(([name, why]) => [`\`${name}\``, why]),
    ),
  ].join('\n')
}

function table(first: string, right: string, rows: readonly (readonly string[])[]): string {
  return [`| ${first} | ${right} |`, '|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`), ''].join('\n')
}
