/** A page as people say it: www.example.com/pricing. */
export const pageName = (page: string): string => page.replace(/^https?:\/\//, "").replace(/\/$/, "");
