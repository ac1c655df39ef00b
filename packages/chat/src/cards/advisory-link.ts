import type { Span } from '@embargo/engine'
import { outside, plain } from './spans.ts'

/**
 * Matches the address of an advisory's page: a host, an owner, a repository and the advisory's id. Such an address is
 * shown as a working link. Any other address is made harmless, because it could contain text of a sender.
 */
const PAGE = /^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+\/security\/advisories\/GHSA(?:-[\da-z]{4}){3}$/u

/** Matches a web address in which no text or markup can be hidden. */
const PLAIN_ADDRESS = /^https:\/\/[\w.-]+(?::\d+)?(?:\/[\w./%@+=&?,-]*)?$/u

/**
 * Shows the address of something that a publication made public. If no text or markup can be hidden in the address, it
 * becomes a working link; otherwise it is made harmless. Embargo recorded the address itself, or a team member entered
 * it.
 */
export const publicLink = (link: string): Span => (PLAIN_ADDRESS.test(link) ? plain(link) : outside(link))

export const advisoryLink = (link: string): Span => (PAGE.test(link) ? plain(link) : outside(link, 'the advisory'))
