import { data } from "@remix-run/node";

/** The fields of a form. Throws 400 with a sentence where the body is no form. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    const title = "The form was not understood";
    throw data({ title, message: "Nothing was changed. Load the page again and repeat it." }, { status: 400 });
  }
}
