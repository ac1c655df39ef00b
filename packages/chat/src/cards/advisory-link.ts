import type { Span } from '@embargo/engine'
import { outside, plain } from './spans.ts'

/**
 * The address of an advisory's page. A sender cannot hide a text of their own in it, so it is shown as a link that
 * opens. Any other address is made harmless.
 */
const PAGE = /^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+\/security\/advisories\/GHSA(?:-[\da-z]{4}){3}$/u

export const advisoryLink = (link: string): Span => (PAGE.test(link) ? plain(link) : outside(link, 'the advisory'))
