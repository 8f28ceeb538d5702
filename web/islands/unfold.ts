// On paper everything is unfolded; afterwards as it was. Browsers that know ::details-content need only the style sheet.
const unfolded = new Set<HTMLDetailsElement>();

export function unfold(): void {
    addEventListener("beforeprint", () => {
        for (const details of document.querySelectorAll<HTMLDetailsElement>(".prose details:not([open])")) {
            details.open = true;
            unfolded.add(details);
        }
    });
    addEventListener("afterprint", () => {
        for (const details of unfolded) details.open = false;
        unfolded.clear();
    });
}
