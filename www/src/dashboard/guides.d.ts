/** Made by vite.guides.ts from src/mapping/profiles. */
declare module 'virtual:guides' {
  const guides: { tool: string; title: string; steps: string[]; notes: string[] }[];
  export default guides;
}
