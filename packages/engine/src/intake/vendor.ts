import { vendorsOf } from '@embargo/core'
import { vendorMark } from '@embargo/mail'
import type { Thread } from '@embargo/mail'
import type { Deps } from '../deps.ts'

/** The address of the vendor whose reply address a mail came to. */
export async function vendorOf(
  { states }: Pick<Deps, 'states'>,
  { case: id, vendor: mark }: Thread,
): Promise<string | undefined> {
  if (id === undefined || mark === undefined) return undefined
  const { state } = await states.load(id)
  return state?.kind === 'case' ? vendorsOf(state).find(({ to }) => vendorMark(to) === mark)?.to : undefined
}
