/** Where a cell may begin: the value's start, and wherever a spreadsheet that splits at other characters than commas cuts the value. */
const FORMULA = /(^|[;|\t\r\n])(?=(?:[^\S\t\r\n]|")*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/** A spreadsheet reads what begins like this, half or full width, as a formula; the apostrophe makes it text. */
export function spreadsheetText(text: string): string {
    const guarded = text.replaceAll(FORMULA, "$1'");
    return /^[\t\r\n]/.test(guarded) ? `'${guarded}` : guarded;
}
