// After a form was sent, reading goes on where the answer stands: at the error summary, else at the verdict that the address
// names. Without JavaScript autofocus and the address do what they can; not all browsers follow them to a heading.
// Verdicts shown as samples are not about anybody's answer.
function focusNow(): void {
    const named = location.hash === "" ? null : document.getElementById(location.hash.slice(1));
    const errors = document.querySelector<HTMLElement>("[role=alert][data-focus]");
    const verdict = location.hash === "" ? document.querySelector<HTMLElement>("[data-focus]:not([data-sample] *)") : named;
    (errors ?? verdict)?.focus();
}

// Going to the place takes the focus away, so that has to be over.
export function focusFirst(): void {
    if (location.hash === "") focusNow();
    else addEventListener("load", () => requestAnimationFrame(focusNow));
}
