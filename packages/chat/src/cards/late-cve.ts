import type { CaseState, CveId } from '@embargo/core'
import type { Card, CveCheck } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { code, line, plain } from './spans.ts'

/** Asks one person to confirm a CVE id that comes after the publication. */
export function lateCveCard(
  state: CaseState,
  {
    cve,
    link,
    reserved,
  }: { readonly cve: CveId; readonly link?: string } & Pick<Extract<CveCheck, { ok: true }>, 'reserved'>,
): Card {
  return buildCard({
    kind: 'notice',
    title: `${state.id} · is this its CVE id?`,
    lines: [
      line(code(cve), plain('. No other case has it.')),
      ...(reserved === undefined ? [] : [line('CVE Services says that it is reserved for us.')]),
      line(
        'If you confirm, the id goes into every record of this case. No list gets a mail about it; the reporter is told.',
      ),
    ],
    actions: [
      {
        label: 'Record it',
        verb: 'cve',
        input: { case: state.id, what: 'set', id: cve, ...(link === undefined ? {} : { link }), sure: 'yes' },
        style: 'primary',
      },
    ],
    notification: notificationOf(state),
  })
}
