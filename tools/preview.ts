// Writes pages that show every card and every form as each platform draws them: `npm run preview [folder]`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileOf, PAGE_STYLES, page } from './preview/page.ts'
import { everyCardAndForm } from './preview/gallery.ts'

const folder = resolve(process.argv[2] ?? 'preview')
mkdirSync(folder, { recursive: true })
const shown = await everyCardAndForm()
for (const pageStyle of PAGE_STYLES) writeFileSync(join(folder, fileOf(pageStyle)), page(shown, pageStyle))
process.stdout.write(
  `${shown.cards.length} cards and ${shown.forms.length} forms: open ${join(folder, 'index.html')}\n`,
)
