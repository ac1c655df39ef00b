import type { Span } from '@embargo/engine'
import { outside, plain } from './spans.ts'

/**
 * The address of an advisory's page. It has no room for text chosen by the sender, so it is shown as a link that works.
 * Any other address is made unclickable.
 */
const PAGE = /^https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+\/security\/advisories\/GHSA(?:-[\da-z]{4}){3}$/u

export const advisoryLink = (link: string): Span => (PAGE.test(link) ? plain(link) : outside(link, 'the advisory'))
