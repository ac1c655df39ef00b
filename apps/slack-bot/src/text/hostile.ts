import { defangHosts, safeLine, safeText } from '@embargo/chat'

/** An invisible character that stops Slack from recognising a mark. */
const BREAK = '\u200B'
/** Slack's own marks: <@U…>, <#C…>, <!channel>, <!subteam^…>, <!date^…>. */
const SLACK_MARK = /<(?=[@#!])/g

/**
 * Many lines from outside, made harmless to read: no link can be clicked, nobody is mentioned, no character hides or
 * reverses others. For display only; the original bytes are in the stored mail.
 */
export const harmless = (text: string): string => breakMentions(safeText(text))

/** The same on one line: a name must not pretend to begin a line of ours. */
export const harmlessLine = (text: string): string => breakMentions(safeLine(text))

const breakMentions = (text: string): string =>
  defangHosts(text).replace(SLACK_MARK, `<${BREAK}`).replace(/@/g, `@${BREAK}`)

/** The three characters that mean something in Slack's mrkdwn (https://docs.slack.dev/messaging/formatting-message-text). */
export const escapeMarkdown = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
