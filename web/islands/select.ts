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
    document.addEventListener("input", (event) => {
        const passage = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-marks]") : null;
        if (passage) tell(passage);
    });
}
