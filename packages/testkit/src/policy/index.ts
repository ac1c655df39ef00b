export { ANA, ana, BEN, ben, CEM, cem, quillmark } from './quillmark.ts'
