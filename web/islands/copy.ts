// A button that copies what stands in another element; without JavaScript it is not there, and selecting does the same.
export function copy(): void {
    for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
        const source = document.getElementById(button.dataset.copy ?? "");
        const label = button.querySelector("span");
        if (!source || !label || !navigator.clipboard) continue;
        const before = label.textContent;
        button.hidden = false;
        button.addEventListener("click", async () => {
            await navigator.clipboard.writeText(source.textContent ?? "");
            label.textContent = button.dataset.copied ?? "";
            setTimeout(() => (label.textContent = before), 2000);
        });
    }
}
