import { defangHosts, safeLine, safeText } from '@embargo/chat'

/** An invisible character that stops Slack from recognising markup. */
const BREAK = '\u200B'
/** Slack's own markup: <@U…>, <#C…>, <!channel>, <!subteam^…>, <!date^…>. */
const SLACK_MARK = /<(?=[@#!])/g

/**
 * Several lines from outside, made harmless for display: no link can be clicked, nobody is mentioned, and no character
 * hides or reverses others. The original bytes are in the stored mail.
 */
export const harmless = (text: string): string => breakMentions(safeText(text))

/**
 * Like `harmless`, but for one line: it removes line breaks, so a name from outside cannot look like a line of ours.
 */
export const harmlessLine = (text: string): string => breakMentions(safeLine(text))

const breakMentions = (text: string): string =>
  defangHosts(text).replace(SLACK_MARK, `<${BREAK}`).replace(/@/g, `@${BREAK}`)

/**
 * Escapes the three characters that have a meaning in Slack's mrkdwn
 * (https://docs.slack.dev/messaging/formatting-message-text).
 */
export const escapeMarkdown = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
