import { peopleNow, actorOf, PEOPLE } from '../src/index.ts'
import type { Actor, Decision, Platform, Policy, PolicySource, Request, RoleName } from '../src/index.ts'
import { policyOf, Scenario } from './scenario.ts'

export const ANA_DISCORD = '100000000000000001'
export const BEN_DISCORD = '100000000000000002'
export const DANA_SLACK = 'U0DANA'
export const DANA_DISCORD = '100000000000000003'

/** Ana and Ben are listed with Slack; a Slack group and a Discord role give `team`, and another role `admin`. */
export const bothPlatforms = (change: Partial<PolicySource> = {}): Policy =>
  policyOf('team', {
    platforms: ['slack', 'discord'],
    groups: {
      team: { slack: 'S0TEAM', discord: '200000000000000001' },
      admin: { discord: '200000000000000002' },
    },
    ...change,
  })

/** A scenario whose policy has the people as they are now, as the engine keeps it. */
export class Linking extends Scenario {
  readonly written: Policy

  constructor(written: Policy = bothPlatforms()) {
    super(written)
    this.written = written
  }

  override ask(request: Request, actor: Actor): Decision {
    const decision = super.ask(request, actor)
    this.policy = this.peopleNow()
    return decision
  }

  peopleNow(written: Policy = this.written): Policy {
    const state = this.states.get(PEOPLE)
    return peopleNow(written, state?.kind === 'people' ? state : undefined)
  }

  by(platform: Platform, account: string): Extract<Actor, { kind: 'person' }> {
    return actorOf(this.policy, platform, account)
  }

  says(request: Request, platform: Platform, account: string): readonly string[] {
    return this.does(request, this.by(platform, account))
  }

  /** The sentence of a refusal, or what was noted; undefined where something was appended. */
  hears(request: Request, platform: Platform, account: string): string | undefined {
    const decision = this.ask(request, this.by(platform, account))
    if (!decision.ok) return `${decision.refusal.gate}: ${decision.refusal.because}`
    return decision.note
  }

  /** Both accounts say it, and the one that asked confirms. */
  links(asking: readonly [Platform, string], claiming: readonly [Platform, string], mark = 'mark'): this {
    this.says({ verb: 'link-ask', stream: PEOPLE, mark }, ...asking)
    this.says({ verb: 'link-claim', stream: PEOPLE, mark }, ...claiming)
    this.says({ verb: 'link-confirm', stream: PEOPLE, agreed: true }, ...asking)
    return this
  }

  /** What a group has for members now. */
  group(platform: Platform, role: RoleName, members: Readonly<Record<string, string>>): readonly string[] {
    return this.does({
      verb: 'notice-members',
      stream: PEOPLE,
      platform,
      role,
      members: Object.entries(members).map(([account, name]) => ({ account, name })),
    })
  }

  /** Everybody, with what is known of them beside the policy. */
  get people(): readonly string[] {
    return this.policy.people.map(({ id, roles, slack, discord }) =>
      [id, roles.join('+'), slack ?? '-', discord ?? '-'].join(' '),
    )
  }
}
