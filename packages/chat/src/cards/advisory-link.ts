import type { Span } from '@embargo/engine'
import { outside, plain } from './spans.ts'

/**
 * Matches the address of an advisory's page. Such an address is shown as a working link, because a sender cannot put
 * text of their own into it. Any other address is made harmless.
 */
const PAGE = /^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+\/security\/advisories\/GHSA(?:-[\da-z]{4}){3}$/u

/** Matches a web address in which no text or markup can be hidden. */
const PLAIN_ADDRESS = /^https:\/\/[\w.-]+(?::\d+)?(?:\/[\w./%@+=&?,-]*)?$/u

/**
 * Shows the address of something that a publication made public, as a working link. The address is Embargo's own, or a
 * person gave it and it leads to a place of the project.
 */
export const publicLink = (link: string): Span => (PLAIN_ADDRESS.test(link) ? plain(link) : outside(link))

export const advisoryLink = (link: string): Span => (PAGE.test(link) ? plain(link) : outside(link, 'the advisory'))
