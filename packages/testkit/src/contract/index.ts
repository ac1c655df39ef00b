export { chatPlatformContract } from './chat-platform.ts'
export type { ChatHouse } from './chat-platform.ts'
export { mailOutContract } from './mail-out.ts'
export type { MailOutHouse } from './mail-out.ts'
