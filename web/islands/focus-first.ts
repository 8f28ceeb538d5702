// After a form was sent, reading goes on where the answer stands: at the error summary or the verdict.
export function focusFirst(): void {
    const place = location.hash === "" ? document : document.getElementById(location.hash.slice(1));
    place?.querySelector<HTMLElement>("[data-focus]")?.focus();
}
