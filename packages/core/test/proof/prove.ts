import { explore } from '../../src/policy/check/explore.ts'
import { arenaOf, inWordsOf } from './arenas.ts'
import type { ArenaName } from './arenas.ts'
import { checks } from './checks.ts'
import { looks } from './looks.ts'
import { followsOf, THEMES } from './themes.ts'
import type { ThemeName } from './themes.ts'

/** One exploration of the proof. */
export type Task = { readonly arena: ArenaName; readonly theme: ThemeName; readonly atMost?: number }

/** What it came to, in plain values: it crosses from a worker. */
export type Proved = {
  readonly name: string
  readonly places: number
  readonly transitions: number
  readonly commands: number
  readonly stages: readonly (readonly [string, number])[]
  readonly findings: readonly { readonly what: string; readonly path: readonly string[] }[]
  readonly stuck: number
  readonly whole: boolean
  readonly seconds: number
}

export function prove({ arena, theme, atMost }: Task): Proved {
  const began = performance.now()
  const { branches } = THEMES[theme]
  const { places, transitions, commands, stages, findings, stuck, whole } = explore({
    arena: arenaOf(arena, branches),
    checks,
    looks,
    follows: followsOf(theme),
    ...(atMost === undefined ? {} : { atMost }),
  })
  const seconds = (performance.now() - began) / 1000
  const name = `${inWordsOf(arena)}; ${theme}`
  return { name, places, transitions, commands, stages: [...stages], findings, stuck, whole, seconds }
}
