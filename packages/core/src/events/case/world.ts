import { z } from 'zod'
import { ApprovalId, PersonId } from '../../shared/ids.ts'
import { SignalKind } from '../../shared/words.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { Rendering } from '../rendering.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/**
 * Requests to report that the vulnerability or an exploit is public, that attacks were seen, or that details leaked;
 * and requests about what follows when secrecy fails.
 */
export type WorldRequest =
  | { readonly verb: 'signal.public'; readonly case: CaseId; readonly link: string; readonly shown?: Rendering }
  | { readonly verb: 'signal.exploit'; readonly case: CaseId; readonly link: string; readonly shown?: Rendering }
  | { readonly verb: 'signal.attack'; readonly case: CaseId; readonly link?: string; readonly shown?: Rendering }
  | {
      readonly verb: 'signal.leak'
      readonly case: CaseId
      readonly suspect?: Suspect
      readonly text?: string
      readonly shown?: Rendering
    }
  /** Two people say that a signal was wrong. */
  | {
      readonly verb: 'signal.wrong'
      readonly case: CaseId
      readonly what: SignalKind
      /**
       * If the wrong signal is a leak: the suspect through whom nothing leaked. If absent, none of the reported leaks
       * happened.
       */
      readonly suspect?: Suspect
      readonly reason: string
      readonly shown?: Rendering
    }
  /** The team decides to continue under embargo in spite of a leak. */
  | { readonly verb: 'embargo.keep'; readonly case: CaseId; readonly reason: string }
  /** Publishes facts and a workaround without a fix, at once. */
  | { readonly verb: 'disclose.interim'; readonly case: CaseId; readonly shown?: Rendering }
  | { readonly verb: 'done.deployed'; readonly case: CaseId; readonly branch: string; readonly link?: string }

/** The set of roles that may make each request. */
export const worldRoles = {
  'signal.public': 'coordinate',
  'signal.exploit': 'coordinate',
  'signal.attack': 'coordinate',
  'signal.leak': 'coordinate',
  'signal.wrong': 'coordinate',
  'embargo.keep': 'coordinate',
  'disclose.interim': 'publish',
  'done.deployed': 'participate',
} satisfies Record<WorldRequest['verb'], RoleSet>

export type SignalRequest = Extract<
  WorldRequest,
  { verb: 'signal.public' | 'signal.exploit' | 'signal.attack' | 'signal.leak' }
>

const link = z.string().max(2000)

/** `<case>/s<n>` */
const signal = z.string().max(80)

/** Who may have leaked details: one recipient of a list, or one of our own people. */
export const Suspect = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recipient'), list: z.string(), recipient: z.string() }),
  z.object({ kind: z.literal('person'), person: PersonId }),
])
export type Suspect = z.infer<typeof Suspect>

/** Events about what the vendor and the public know (case state, CS). */
export const world = [
  fact('VendorAware', {}, 'neither'),
  /** One person raises a signal, which freezes everything under embargo until `approval` is answered. */
  fact(
    'SignalRaised',
    {
      signal,
      what: SignalKind,
      link: link.exactOptional(),
      text: z.string().max(2000).exactOptional(),
      suspect: Suspect.exactOptional(),
      approval: ApprovalId,
    },
    'both',
  ),
  fact('SignalRefused', { signal, reason: z.string().max(2000) }, 'both'),
  fact(
    'VulnerabilityPublic',
    {
      because: z.enum(['our-publication', 'signal']),
      link: link.optional(),
      signal: signal.exactOptional(),
    },
    'both',
  ),
  fact('ExploitPublic', { signal, link: link.exactOptional() }, 'both'),
  fact('AttacksObserved', { signal, link: link.exactOptional() }, 'both'),
  fact(
    'LeakSuspected',
    { signal, suspect: Suspect.exactOptional(), text: z.string().max(2000).exactOptional() },
    'both',
  ),
  /**
   * The team continues in spite of a leak. If it ends the embargo instead, `EmbargoExited` is recorded, with the
   * reason.
   */
  fact('LeakOutlived', { reason: z.string().max(2000) }, 'both'),
  /**
   * Two people say that a signal was wrong. The case then counts as never having been in the state that the signal
   * reported (Vultron), but the history keeps the signal and its correction.
   */
  fact(
    'SignalCorrected',
    {
      signals: z.array(signal).min(1),
      what: SignalKind,
      /** For a leak: the one suspect about whom the signal was wrong. */
      suspect: Suspect.exactOptional(),
      reason: z.string().max(2000),
    },
    'both',
  ),
] as const
export type WorldEvent = z.infer<(typeof world)[number]>
