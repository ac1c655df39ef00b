import { isAnnouncement, isPost } from './publication-house.ts'
import type { House } from './publication-house.ts'
import { UNTIL } from './publication-steps.ts'

/**
 * Waits for the advisory, the CVE record and each public mail. Returns for each of them what was already public when it
 * appeared.
 */
export const eachMoment = ({ github, cve, relay, published }: House, ghsa: string) => ({
  advisory: github.until((state) => state.advisory(ghsa).state === 'published' && published(), UNTIL),
  record: cve.until(({ records }) => records.size > 0 && published(), UNTIL),
  announcement: relay.untilAll((mails) => mails.some(isAnnouncement) && published(), UNTIL),
  post: relay.untilAll((mails) => mails.some(isPost) && published(), UNTIL),
})

/** What was written to GitHub, and how GitHub answered. */
export const writes = ({ github }: House): readonly string[] =>
  github.state.requests
    .filter(({ route }) => !route.startsWith('GET '))
    .map(
      ({ route, body, outcome }) =>
        `${route.split(' ')[0]} ${typeof body['state'] === 'string' ? body['state'] : 'words'} ${outcome}`,
    )
