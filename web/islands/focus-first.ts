// After a form was sent, reading goes on where the answer stands: at the error summary, else at the verdict; where the address
// names a place in the page, at the verdict in that place. Verdicts shown as samples are not about anybody's answer.
function focusNow(): void {
    const place = location.hash === "" ? document : document.getElementById(location.hash.slice(1));
    const errors = document.querySelector<HTMLElement>("[role=alert][data-focus]");
    (errors ?? place?.querySelector<HTMLElement>("[data-focus]:not([data-sample] *)"))?.focus();
}

// Going to the place takes the focus away, so that has to be over.
export function focusFirst(): void {
    if (location.hash === "") focusNow();
    else addEventListener("load", () => requestAnimationFrame(focusNow));
}
