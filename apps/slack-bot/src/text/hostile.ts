/** Characters that hide, reorder or forge text: C0 and C1 controls, bidirectional overrides, tags, interlinear marks. */
const FORGING =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u180E\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]|[\u{E0000}-\u{E0FFF}]/gu
/** Characters that nobody sees and that would split a word which a rule below looks for. */
const UNSEEN = /[\u00AD\u200B\u2060-\u2064\uFEFF]/g

// Counted repetitions: in a line of a hundred thousand letters, open ones would look on from each of them.
const SCHEME = /([a-z][a-z0-9+.-]{0,30}):\/\//gi
const OPAQUE_SCHEME = /\b(mailto|tel|sms|javascript|vbscript|data|file|slack|callto|facetime):(?=\S)/gi
const WWW = /\bwww\./gi
const BARE_HOST = /([a-z0-9-])\.([a-z]{2,24})(?=\/)/gi
// Slack's own marks: <@U…>, <#C…>, <!channel>, <!subteam^…>, <!date^…>.
const SLACK_MARK = /<(?=[@#!])/g

const DEFANGED: Readonly<Record<string, string>> = { http: 'hxxp', https: 'hxxps', hxxp: 'hxxp', hxxps: 'hxxps' }

/**
 * Text from outside, made harmless to read: no link can be followed with a click, nobody is mentioned, no character
 * hides or turns others around. It is for reading only; whoever needs the bytes takes them from the stored mail.
 */
export function defang(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(UNSEEN, '')
    .replace(FORGING, '\uFFFD')
    .replace(SCHEME, (_all, scheme: string) => {
      const known = DEFANGED[scheme.toLowerCase()]
      return known === undefined ? `${scheme}[:]//` : `${known}://`
    })
    .replace(OPAQUE_SCHEME, '$1[:]')
    .replace(WWW, 'www[.]')
    .replace(BARE_HOST, '$1[.]$2')
    .replace(SLACK_MARK, '<\u200B')
    .replace(/@/g, '@\u200B')
}

/** The three characters that mean something in Slack's mrkdwn (https://docs.slack.dev/messaging/formatting-message-text). */
export const escapeMarkdown = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
