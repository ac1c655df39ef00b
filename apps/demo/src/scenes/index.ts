import { report } from './report.ts'
import type { Scene } from './scene.ts'

export const SCENES: readonly Scene[] = [report]
