//! The certificate file: dropped or chosen, and looked at before it is sent.

use js_sys::Uint8Array;
use leptos::ev::DragEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::{File, FileList, HtmlInputElement};
use model::CertificateKind;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::JsFuture;

/// The most that is looked at: no certificate or metadata is larger.
const MAX_SIZE: f64 = 2_097_152.0;

/// What the drop zone says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CertificateDropText {
    /// The label.
    pub label: String,
    /// What to do.
    pub hint: String,
    /// The file is too large.
    pub too_large: String,
    /// The browser could not read it.
    pub unreadable: String,
    /// What each kind of file is, in the order of [`CertificateKind::ALL`].
    pub kinds: Vec<String>,
}

impl CertificateDropText {
    fn of_kind(&self, kind: CertificateKind) -> String {
        let place = CertificateKind::ALL.iter().position(|known| *known == kind);
        place.and_then(|place| self.kinds.get(place)).cloned().unwrap_or_default()
    }
}

/// A file as it looks before it is sent.
#[derive(Clone)]
struct FilePreview {
    name: String,
    text: String,
    is_accepted: bool,
}

/// The file input as a drop zone. Without scripts it is the plain input.
#[island]
pub fn CertificateDrop(
    /// The value of `aria-describedby`.
    described_by: Option<String>,
    /// Whether the server refused the file.
    invalid: bool,
    /// What it says.
    text: CertificateDropText,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let (active, set_active) = signal(false);
    let (previews, set_previews) = signal(Vec::<FilePreview>::new());
    let (label, hint) = (text.label.clone(), text.hint.clone());
    let text = StoredValue::new(text);
    let show = move |files: Option<FileList>| {
        set_previews.set(Vec::new());
        for file in list(files.as_ref()) {
            spawn_local(async move {
                let preview = preview(&file, &text.get_value()).await;
                set_previews.update(|previews| previews.push(preview));
            });
        }
    };
    // a file can be chosen before the WebAssembly has come, and the browser keeps one on "back"
    input.on_load(move |input| show(input.files()));
    let drop = move |event: DragEvent| {
        event.prevent_default();
        set_active.set(false);
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(input) = input.get_untracked() {
            let input: &HtmlInputElement = input.unchecked_ref();
            input.set_files(files.as_ref());
        }
        show(files);
    };
    view! {
        <label
            class="drop"
            data-active=move || active.get().to_string()
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                set_active.set(true);
            }
            on:dragleave=move |_| set_active.set(false)
            on:drop=drop
        >
            <span>{label}</span>
            <input
                id="file"
                name="file"
                type="file"
                multiple
                node_ref=input
                aria-invalid=invalid.then_some("true")
                aria-describedby=described_by
                on:change:target=move |event| show(event.target().files())
            />
            <span class="field__hint">{hint}</span>
        </label>
        <div role="status">
            <ul class="drop__previews">{move || previews.get().into_iter().map(preview_line).collect_view()}</ul>
        </div>
    }
}

fn preview_line(preview: FilePreview) -> impl IntoView {
    view! {
        <li data-ok=preview.is_accepted.to_string()>
            <strong>{preview.name}</strong>
            " "
            {preview.text}
        </li>
    }
}

fn list(files: Option<&FileList>) -> Vec<File> {
    files.map(|files| (0..files.length()).filter_map(|index| files.item(index)).collect()).unwrap_or_default()
}

/// What the server would say about the file.
async fn preview(file: &File, text: &CertificateDropText) -> FilePreview {
    let (text, is_accepted) = match kind_of(file).await {
        Ok(kind) => (text.of_kind(kind), kind.is_accepted()),
        Err(FileReadError::TooLarge) => (text.too_large.clone(), false),
        Err(FileReadError::Unreadable) => (text.unreadable.clone(), false),
    };
    FilePreview { name: file.name(), text, is_accepted }
}

/// Why a file was not looked at.
enum FileReadError {
    TooLarge,
    Unreadable,
}

async fn kind_of(file: &File) -> Result<CertificateKind, FileReadError> {
    if file.size() > MAX_SIZE {
        return Err(FileReadError::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| FileReadError::Unreadable)?;
    Ok(CertificateKind::of(&Uint8Array::new(&buffer).to_vec()))
}
