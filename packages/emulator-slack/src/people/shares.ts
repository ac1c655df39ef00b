import { asJson, asJsonObject } from '@embargo/emulator-kit'
import type { JsonObject } from '@embargo/emulator-kit'
import type { Message } from '../state.ts'
import { presentFile } from '../web-api/present.ts'
import type { Workspace } from '../workspace.ts'

/** A page to which a link leads, as Slack reads it. */
export type LinkedPage = { readonly url: string; readonly title: string; readonly text: string }

/**
 * A forwarded message, as an attachment of the person's message. The fields are in Slack's own types (`Attachment` of
 * `@slack/web-api`), except for `is_share`.
 */
export const forwardedMessage = (workspace: Workspace, message: Message): JsonObject => {
  const author = workspace.users.get(message.user)
  return asJsonObject({
    id: 1,
    ts: message.ts,
    author_id: message.user,
    author_name: author?.realName ?? message.user,
    author_subname: author?.name ?? message.user,
    channel_id: message.channel,
    channel_team: workspace.team.id,
    is_msg_unfurl: true,
    is_share: true,
    from_url: `https://${workspace.team.domain}.slack.com/archives/${message.channel}/p${message.ts.replace('.', '')}`,
    fallback: `${author?.name ?? message.user}: ${message.text}`,
    text: message.text,
    mrkdwn_in: ['text'],
    ...(message.files.length === 0 ? {} : { files: asJson(message.files.map((id) => presentFile(workspace, id))) }),
  })
}

/** The preview that Slack shows of a link: https://docs.slack.dev/messaging/unfurling-links-in-messages */
export const linkPreview = ({ url, title, text }: LinkedPage): JsonObject => ({
  id: 1,
  from_url: url,
  original_url: url,
  title,
  title_link: url,
  text,
  fallback: title,
  service_name: new URL(url).hostname,
})
