// A second click while the first is on its way would send the form twice. The server would take it once (idempotency key),
// but the reader would see the answer to the second. Coming back by the history sets the form free again.
const sent = new Set<HTMLFormElement>();

export function sendOnce(): void {
    document.addEventListener("submit", (event) => {
        const form = event.target;
        if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
        if (sent.has(form)) event.preventDefault();
        sent.add(form);
    });
    addEventListener("pageshow", () => sent.clear());
}
