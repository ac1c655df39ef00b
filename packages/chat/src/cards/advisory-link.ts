import type { Span } from '@embargo/engine'
import { outside, plain } from './spans.ts'

/**
 * Matches the address of an advisory's page. Such an address is shown as a working link, because a sender cannot put
 * text of their own into it. Any other address is made harmless.
 */
const PAGE = /^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+\/security\/advisories\/GHSA(?:-[\da-z]{4}){3}$/u

export const advisoryLink = (link: string): Span => (PAGE.test(link) ? plain(link) : outside(link, 'the advisory'))
