import type { Message } from './partial-transcripts.ts'

/** Slack recommends 100 to 200 results in a page: https://docs.slack.dev/apis/web-api/pagination */
export const PAGE = 200

/** More pages than a case's channel ever has. There is a limit in case Slack returns pages without end. */
const PAGES_MAX = 500

type MessagePage = {
  readonly messages?: readonly Message[]
  readonly response_metadata?: { readonly next_cursor?: string }
}

/** Every message from the pages of a list, in Slack's order. */
export async function pages(
  read: (page: { readonly cursor?: string }) => Promise<MessagePage>,
): Promise<readonly Message[]> {
  const all: Message[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { messages = [], response_metadata: next } = await read(cursor === undefined ? {} : { cursor })
    all.push(...messages)
    cursor = next?.next_cursor
    if (cursor === undefined || cursor === '') break
  }
  return all
}
