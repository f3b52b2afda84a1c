/** Values of preferredLanguage on a live instance, besides `none`: language and region in lower case. */
export const LANGUAGE_CODES: readonly string[] = [
  'af_za ar_ae ar_bh ar_dz ar_eg ar_il ar_iq ar_jo ar_kw ar_lb ar_ly ar_ma ar_om ar_qa ar_sa ar_sy ar_tn ar_ye az_az',
  'be_by bg_bg bs_ba ca_es cs_cz da_dk de_at de_be de_ch de_de de_it de_li de_lu el_cy el_gr en_ae en_au en_bz en_ca',
  'en_cb en_dk en_gb en_gg en_ie en_il en_im en_in en_je en_jm en_kw en_my en_nz en_om en_ph en_qa en_sa en_sg en_tt',
  'en_us en_za en_zw es_ar es_bo es_cl es_co es_cr es_do es_ec es_es es_gt es_hn es_mx es_ni es_pa es_pe es_pr es_py',
  'es_sv es_uy es_ve et_ee eu_es fa_ir fi_fi fo_fo fr_be fr_ca fr_ch fr_fr fr_lu fr_mc gl_es gu_in he_il hi_in hr_hr',
  'hu_hu hy_am id_id is_is it_ch it_it ja_jp ka_ge kk_kz kn_in ko_kr ky_kz lt_lt lv_lv mk_mk mn_mn mr_in ms_bn ms_my',
  'nb_no nl_be nl_nl nn_no no_no pa_in pl_pl pt_br pt_pt ro_md ro_ro ru_by ru_kz ru_ru ru_ua sa_in sk_sk sl_si sq_al',
  'sq_mk sq_xk sr_ba sr_rs sr_xk sv_fi sv_se sw_ke ta_in te_in th_th tr_cy tr_tr tt_ru uk_ua ur_in ur_pk uz_uz vi_vn',
  'zh_cn zh_hk zh_mo zh_sg zh_tw',
].flatMap((line) => line.split(' '));
