// A passage to be marked: says politely how many of its words are. The line stands in the page, hidden; without JavaScript its
// number would be that of the last saving.
function tell(passage: HTMLElement): void {
    const line = passage.parentElement?.querySelector<HTMLElement>("[data-marks-count]");
    if (!line) return;
    const count = passage.querySelectorAll("input:checked").length;
    const words = (line.textContent ?? "").replace(/\d+/, String(count));
    line.hidden = false;
    if (line.textContent !== words) line.textContent = words;
}

export function select(): void {
    const passages = document.querySelectorAll<HTMLElement>("[data-marks]");
    for (const passage of passages) tell(passage);
    // "Don't know" may clear what was marked, so every change in a question counts.
    document.addEventListener("input", (event) => {
        const question = event.target instanceof Element ? event.target.closest("[data-question]") : null;
        const passage = question?.querySelector<HTMLElement>("[data-marks]");
        if (passage) requestAnimationFrame(() => tell(passage));
    });
}
