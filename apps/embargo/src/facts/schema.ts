import { Severity, STAGES } from '@embargo/core'
import { RECORD_FORMATS, RELEASE_TEXTS } from '@embargo/engine'
import { z } from 'zod'

// What `--json` prints: one value per command. Every key is always present; an unknown value is null. Instants are ISO
// 8601 in UTC. Keys may be added; renaming or removing one takes a new major version. docs/json.md has the table.

const Instant = z.iso.datetime()
const orNull = <T extends z.ZodType>(value: T) => z.nullable(value)

const Lift = z.strictObject({ who: z.string(), how: z.string(), verb: orNull(z.string()) })

/** A gate that refuses: its rule, what breaks it, the facts behind it, and who can lift it and how. */
const Gate = z.strictObject({
  gate: z.string(),
  because: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  liftedBy: z.array(Lift),
})

const Branch = z.strictObject({
  name: z.string(),
  affected: z.boolean(),
  supported: z.boolean(),
  fix: z.enum(['none', 'assigned', 'submitted', 'verified', 'changes-requested', 'not-fixed', 'not-verified']),
  remediator: orNull(z.string()),
  author: orNull(z.string()),
  verifier: orNull(z.string()),
  sha256: orNull(z.string()),
})

const Release = z.strictObject({
  id: z.string(),
  state: z.enum(['planned', 'scheduled', 'prenotified', 'released', 'cancelled']),
  at: orNull(Instant),
  cases: z.array(z.string()),
  disclosedAt: orNull(Instant),
  steps: z.array(z.strictObject({ step: z.string(), state: z.enum(['waiting', 'done', 'failed', 'left out']) })),
})

const Approval = z.strictObject({
  id: z.string(),
  command: orNull(z.string()),
  mode: z.enum(['second-person', 'second-look', 'second-admin']),
  askedBy: z.string(),
  askedAt: Instant,
  notBefore: Instant,
  digest: z.string(),
})

/** The state of a case, as in `case <number> --json`, `status --json` and each entry of `cases --json`. */
export const CaseFacts = z.strictObject({
  is: z.literal('case'),
  case: z.string(),
  project: z.string(),
  open: z.boolean(),
  stage: z.enum(STAGES),
  flags: z.array(z.string()),
  severity: orNull(Severity),
  coordinator: orNull(z.string()),
  openedAt: Instant,
  embargo: z.strictObject({
    state: z.enum(['none', 'proposed', 'active', 'revise', 'exited']),
    end: orNull(Instant),
  }),
  next: z.strictObject({ action: z.string(), owner: z.string(), verb: orNull(z.string()), due: orNull(Instant) }),
  clocks: z.array(z.strictObject({ clock: z.string(), about: z.string(), owner: z.string(), due: Instant })),
  missing: z.array(Gate.extend({ toward: z.string() })),
  branches: z.array(Branch),
  release: orNull(Release),
  recipients: z.strictObject({ told: z.int(), of: z.int() }),
  approvals: z.array(Approval),
  waivers: z.array(
    z.strictObject({
      gate: z.string(),
      for: z.string(),
      reason: z.string(),
      askedBy: z.string(),
      approvedBy: orNull(z.string()),
      at: Instant,
    }),
  ),
  mails: z.strictObject({
    unanswered: z.int(),
    waiting: z.array(
      z.strictObject({ letter: z.string(), to: z.string(), state: z.enum(['pending', 'leased', 'parked', 'failed']) }),
    ),
    /** The mails that failed or came back, and about which nobody has decided yet. */
    lost: z.array(z.strictObject({ letter: z.string(), to: z.string(), because: z.string() })),
  }),
})
export type CaseFacts = z.infer<typeof CaseFacts>

const CasesFacts = z.strictObject({
  is: z.literal('cases'),
  cases: z.array(CaseFacts),
  /**
   * The case numbers of the cases that cannot be read because somebody wrote into the database.
   * `embargo audit verify` says where.
   */
  damaged: z.array(z.string()).exactOptional(),
})

/** A refusal: the rule that refused the command. Nothing was done. Exit code 1. */
const RefusalFacts = Gate.extend({ is: z.literal('refusal') })

/** A preview of what would be sent. Nothing was done yet. Exit code 1; with `--yes`, the command goes on. */
const PreviewFacts = z.strictObject({
  is: z.literal('preview'),
  digest: orNull(z.string()),
  warning: z.string(),
  leaves: z.array(
    z.strictObject({
      title: z.string(),
      to: orNull(z.string()),
      subject: orNull(z.string()),
      text: z.string(),
      attachments: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
    }),
  ),
})

const DoneFacts = z.strictObject({
  is: z.literal('done'),
  said: z.string(),
  note: orNull(z.string()),
  repeated: z.boolean(),
})

/** A command that lacks options. Nothing was done. Exit code 2. */
const NeedsFacts = z.strictObject({
  is: z.literal('needs'),
  verb: z.string(),
  options: z.array(
    z.strictObject({
      option: z.string(),
      label: z.string(),
      choices: orNull(z.array(z.string())),
      optional: z.boolean(),
    }),
  ),
})

/** A document, with the exact content of its file. `draft` is true until the case is published. */
const DocumentFacts = z.strictObject({
  is: z.literal('document'),
  format: z.enum([...RECORD_FORMATS, ...RELEASE_TEXTS]),
  draft: z.boolean(),
  text: z.string(),
})

/** The text of an answer that has no facts, such as help or a mail to read. */
const TextFacts = z.strictObject({ is: z.literal('text'), title: z.string(), text: z.string() })

/** The output of `embargo <case> --json` and `embargo status all --json`. */
export const CommandOutput = z.discriminatedUnion('is', [
  CaseFacts,
  CasesFacts,
  RefusalFacts,
  PreviewFacts,
  DoneFacts,
  NeedsFacts,
  DocumentFacts,
  TextFacts,
])
export type CommandOutput = z.infer<typeof CommandOutput>
